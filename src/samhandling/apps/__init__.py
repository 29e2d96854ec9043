"""The domain, one app a subject, lowest first: audit, records, accounts, organisations, agreements,
situation, initiatives, followup, reporting. An app imports only from those before it (ADR 0001)."""

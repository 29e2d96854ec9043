"""Swedish labels of the core enumerations, in the form Django's `choices` takes."""

from django.utils.translation import gettext_lazy as _

from samhandling.core.knowledge import Basis, Completeness

BASIS = {
    Basis.STATED: _("står i källan"),
    Basis.INFERRED: _("härlett"),
    Basis.UNKNOWN: _("okänt"),
    Basis.EXTERNAL: _("tillagt utifrån"),
}

COMPLETENESS = {
    Completeness.COMPLETE: _("fullständig"),
    Completeness.PARTIAL: _("delvis känd"),
    Completeness.UNKNOWN: _("okänd"),
    Completeness.NONE: _("inga"),
    Completeness.NOT_APPLICABLE: _("inte aktuellt"),
}

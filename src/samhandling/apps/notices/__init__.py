"""What is new for a person: followed records, notices and the rhythm of the digest."""

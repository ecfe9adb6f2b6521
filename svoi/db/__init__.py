"""The database floor: outbox, transactions, SQL files and fields, shared by every room."""

-- Beside the database of the service, which PostgreSQL makes itself.
CREATE DATABASE mlflow;

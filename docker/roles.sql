-- The two logins and the database between them. psql reads the passwords from the environment and quotes them.
-- The owner runs migrations and creates the roles of the trade; the server may enter those roles and nothing else.
\set ON_ERROR_STOP on
\getenv owner_password OWNER_PASSWORD
\getenv app_password APP_PASSWORD
create role foerderbuch_owner login createrole password :'owner_password';
create role foerderbuch_app login noinherit password :'app_password';
create database foerderbuch owner foerderbuch_owner;
revoke all on database foerderbuch from public;
grant connect on database foerderbuch to foerderbuch_app;

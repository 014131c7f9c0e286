"""Tests of the whole house; one folder for each app."""

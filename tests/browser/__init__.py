"""Tests in Chromium; a package, so that its conftest and that of the tests beside it differ in name."""

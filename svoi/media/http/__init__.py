"""What browsers and the web process ask for over HTTP."""

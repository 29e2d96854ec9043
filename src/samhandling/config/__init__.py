"""Where the parts are put together: settings from the environment, addresses, the WSGI entry."""

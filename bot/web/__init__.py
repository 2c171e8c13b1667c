"""What is served over HTTP: the pages for whoever watches, and the webhook."""

"""PayPal: the download of account activity (CSV) and the settlement report of the file server."""

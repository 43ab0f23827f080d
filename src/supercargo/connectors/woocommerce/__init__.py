"""WooCommerce: orders of the REST interface, version 3."""

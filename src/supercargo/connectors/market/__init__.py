"""What the exports of marketplaces share: the country in which they sell, their words for a status, an order's own amounts, writing."""

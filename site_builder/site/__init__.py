"""The site: page views, rendering, style sheets, scripts and their data."""

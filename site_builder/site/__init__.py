"""The site: page views, their rendering, style sheets, scripts and their data."""

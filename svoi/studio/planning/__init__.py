"""The calendar's pages: what is asked, what is shown, and in which words."""

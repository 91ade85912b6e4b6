"""From an executed notebook's language copy to a page and a PDF, with packages alone: pandoc and Typst."""

"""Running notebooks warm and isolated, and making the copy in one language that the renderers read."""

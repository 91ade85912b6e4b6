-- Text from one form to another.

local markup = {}

markup.READER = "markdown-yaml_metadata_block+east_asian_line_breaks"
markup.OPTIONS = pandoc.WriterOptions({ wrap_text = "none" }) -- made once: that is most of the time of a small write
markup.WRITER = { html = "html5", typst = "typst-smart" }
markup.NBSP = "\u{a0}"
markup.PLACED = "fp-placed" -- the class that holds a finished exhibit together until the columns are made

function markup.escape(text)
  return (text:gsub("[&<>\"]", { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;", ['"'] = "&quot;" }))
end

function markup.quoted(text) -- a Typst string
  return '"' .. text:gsub("\\", "\\\\"):gsub('"', '\\"'):gsub("\n", " ") .. '"'
end

function markup.raw(format, text)
  return pandoc.RawBlock(format, text)
end

function markup.written(inlines, format)
  local text = pandoc.write(pandoc.Pandoc({ pandoc.Plain(inlines) }), markup.WRITER[format], markup.OPTIONS)
  return (text:gsub("%s+$", ""))
end

-- A caption is one line of Markdown. The empty span in front keeps '2026. …' from becoming a list.
function markup.inlines_of(markdown)
  if markdown:match("^%s*$") then
    return pandoc.Inlines({})
  end
  local inlines = pandoc.utils.blocks_to_inlines(pandoc.read("[]{}" .. markdown, "markdown").blocks)
  inlines:remove(1)
  return inlines
end

function markup.wrapped(open, blocks, close, format)
  local out = pandoc.Blocks({ markup.raw(format, open) })
  out:extend(blocks)
  out:insert(markup.raw(format, close))
  return out
end

return markup

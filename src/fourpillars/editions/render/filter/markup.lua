-- Text from one form to another.

local markup = {}

markup.READER = "markdown-yaml_metadata_block+east_asian_line_breaks"
markup.OPTIONS = pandoc.WriterOptions({ wrap_text = "none" }) -- made once: that is most of the time of a small write
markup.WRITER = { html = "html5", typst = "typst-smart" }
markup.NBSP = "\u{a0}"
markup.PLACED = "fp-placed" -- the class that holds a finished exhibit together until the columns are made

local READING = pandoc.ReaderOptions({}) -- made once, too
local BETWEEN = "\u{e000}" -- texts that are written together

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

local function has_note(inlines)
  local found = false
  inlines:walk({ Note = function() found = true end })
  return found
end

-- Many texts, each as `written` writes it, in one go: to begin and end takes most of the time of a small write.
function markup.all_written(texts, format)
  local blocks, out, notes = pandoc.Blocks({}), pandoc.List({}), false
  for _, inlines in ipairs(texts) do
    notes = notes or has_note(inlines)
    blocks:extend({ pandoc.Plain(inlines), markup.raw(format, BETWEEN) })
  end
  local all = pandoc.write(pandoc.Pandoc(blocks), markup.WRITER[format], markup.OPTIONS)
  for text in all:gmatch("(.-)" .. BETWEEN) do
    out:insert((text:gsub("^\n+", ""):gsub("%s+$", "")))
  end
  if notes or #out ~= #texts then -- notes are gathered at the end
    return pandoc.List(texts):map(function(one) return markup.written(one, format) end)
  end
  return out
end

-- A caption is one line of Markdown. The empty span in front keeps '2026. …' from becoming a list.
function markup.inlines_of(markdown)
  if markdown:match("^%s*$") then
    return pandoc.Inlines({})
  end
  local inlines = pandoc.utils.blocks_to_inlines(pandoc.read("[]{}" .. markdown, "markdown", READING).blocks)
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

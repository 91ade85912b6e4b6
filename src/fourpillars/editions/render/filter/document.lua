-- A document with the Quarto features the notebooks use: numbered figures and tables, cross-references, callouts,
-- conditional content, tabsets, columns, page breaks.

local markup = require("markup")
local exhibits = require("exhibits")
local formats = require("formats")
local layout = require("layout")
local paper = require("paper")

local document = {}

local function identifiers(doc)
  local ids = {}
  local function note(element)
    if element.identifier and element.identifier ~= "" then
      ids[element.identifier] = true
    end
  end
  doc:walk({ Header = note, Div = note, Span = note, Figure = note, Table = note, CodeBlock = note })
  return ids
end

-- Headings start at level 2 on a page (the title is level 1) and at level 1 in the PDF, whatever the cells use.
local function shifted(doc, format)
  local top = 9
  doc:walk({ Header = function(header) top = math.min(top, header.level) end })
  local shift = (format == "html" and 2 or 1) - top
  return doc:walk({
    Header = function(header)
      header.level = math.min(6, header.level + shift)
      return header
    end,
  })
end

local function outline(doc)
  local headings, contents = pandoc.List({}), pandoc.List({})
  doc:walk({
    traverse = "topdown",
    Header = function(header)
      headings:insert({ level = header.level, id = header.identifier })
      contents:insert(header.content)
    end,
  })
  for index, html in ipairs(markup.all_written(contents, "html")) do
    headings[index].html = html
  end
  return headings
end

-- Write a document in a format: its body, and of a page its headings.
function document.written(doc, request, format)
  doc = doc:walk(formats.conditional(format))
  local found = exhibits.numbered(doc, request.captions, request.words)
  exhibits.write_captions(found, format)
  doc = doc:walk({ Cite = exhibits.references(found), Para = formats.paragraph(format) })
  if format == "typst" then
    doc = paper.arranged(doc, found)
    doc = doc:walk({ RawBlock = formats.typst_raw })
    doc = doc:walk({ Span = formats.typst_span, Math = formats.typst_math, Link = formats.typst_link(identifiers(doc)) })
  end
  doc = doc:walk(exhibits.placed(found, format))
  doc = doc:walk({ Div = layout.containers(request.words, format) })
  doc = doc:walk({ Div = function(div) return div.classes:includes(markup.PLACED) and div.content or nil end })
  doc = shifted(doc, format)
  if format == "typst" then
    doc = paper.with_contents(doc, found)
  end
  local body = pandoc.write(doc, markup.WRITER[format], markup.OPTIONS)
  return { body = body, headings = format == "html" and outline(doc) or pandoc.List({}) }
end

return document

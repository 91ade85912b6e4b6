-- The PDF of a page by Quarto, in the embedded renderer's words and look: Quarto's notebook becomes the document that
-- `document` knows, and its body stands between the template and nothing else of Quarto's. A filter at 'pre-ast'.

package.path = pandoc.path.directory(PANDOC_SCRIPT_FILE) .. "/?.lua;" .. package.path

local document = require("document")

local function read(path)
  local file = assert(io.open(path, "r"))
  local text = file:read("a")
  file:close()
  return text
end

-- What is known of the page lies beside its notebook: its words, the captions as written, what stands around it.
local function told_of(source)
  local stem = pandoc.path.split_extension(source)
  return stem .. ".json", pandoc.json.decode(read(stem .. ".json"), false)
end

-- The caption that Quarto puts below an output is known as it was written: `tbl-cap` loses its backslashes here.
local function without_caption(blocks, caption)
  local last = blocks[#blocks]
  if caption and caption ~= "" and last and last.t == "Para" then
    blocks:remove(#blocks)
  end
  return blocks
end

-- A cell and its outputs are divs: what is labelled or laid out stays one.
local function cells(captions)
  return function(div)
    if not (div.classes:includes("cell") or div.classes:includes("cell-output")) then
      return nil
    end
    local caption, columns = captions[div.identifier], div.attributes["layout-ncol"]
    if div.identifier:match("^fig%-") then
      without_caption(div.content, caption)
    end
    if not caption and not columns then
      return div.content
    end
    return pandoc.Div(div.content, pandoc.Attr(div.identifier, {}, columns and { ["layout-ncol"] = columns } or {}))
  end
end

-- Quarto's reader makes a span of a shortcode.
local function shortcode(span)
  local raw = span.attributes["data-raw"]
  return span.attributes["data-is-shortcode"] and raw and pandoc.Str(raw) or nil
end

local function on_paper(doc)
  local path, request = told_of(quarto.doc.input_file)
  doc = doc:walk({ Span = shortcode, Div = cells(request.captions) })
  local name = pandoc.path.filename(path)
  local parts = {
    "#let sys = (inputs: (page: json(" .. string.format("%q", name) .. ").page))",
    read(pandoc.path.join({ quarto.project.directory, "report.typ" })),
    "#show: report",
    document.written(doc, request, "typst").body,
  }
  return pandoc.Pandoc({ pandoc.RawBlock("typst", table.concat(parts, "\n\n")) }, doc.meta)
end

return { Pandoc = function(doc) return FORMAT == "typst" and on_paper(doc) or nil end }

-- Figures and tables: their numbers, their captions, the references to them.

local markup = require("markup")

local exhibits = {}

local function exhibit_kind(id)
  return id:match("^(fig)%-.") or id:match("^(tbl)%-.")
end

-- Number what is labelled fig-… or tbl-…, in the order of the document: a table by label.
function exhibits.numbered(doc, captions, words)
  local found, count = {}, { fig = 0, tbl = 0 }
  local function number(id, caption)
    local kind = exhibit_kind(id)
    if not kind then
      return
    end
    if found[id] then
      error("The label '" .. id .. "' is used twice.", 0)
    end
    count[kind] = count[kind] + 1
    found[id] = {
      id = id, kind = kind, number = count[kind], caption = caption,
      supplement = kind == "fig" and words.figure or words.table,
    }
  end
  doc:walk({
    traverse = "topdown",
    Div = function(div) number(div.identifier, markup.inlines_of(captions[div.identifier] or "")) end,
    Figure = function(fig) number(fig.identifier, pandoc.utils.blocks_to_inlines(fig.caption.long)) end,
    Table = function(tbl) number(tbl.identifier, pandoc.utils.blocks_to_inlines(tbl.caption.long)) end,
  })
  return found
end

-- Let each know its caption as it is written, references in it resolved.
function exhibits.write_captions(found, format)
  local all, captions = pandoc.List({}), pandoc.List({})
  for _, exhibit in pairs(found) do
    all:insert(exhibit)
    captions:insert(pandoc.Plain(exhibit.caption):walk({ Cite = exhibits.references(found) }).content)
  end
  for index, text in ipairs(markup.all_written(captions, format)) do
    all[index].caption = text
  end
end

local function html_exhibit(exhibit, content)
  local label = '<span class="fp-label">' .. markup.escape(exhibit.supplement) .. markup.NBSP .. exhibit.number ..
      '<span class="fp-delim">: </span></span>'
  local id = markup.escape(exhibit.id)
  local open = '<figure class="fp-exhibit fp-' .. exhibit.kind .. '" id="' .. id .. '" aria-labelledby="' .. id ..
      '-caption">\n<figcaption id="' .. id .. '-caption">' .. label ..
      '<span class="fp-finding">' .. exhibit.caption .. "</span></figcaption>"
  return markup.wrapped(open, content, "</figure>", "html")
end

local function typst_exhibit(exhibit, content)
  local open = "#fp-exhibit(kind: " .. markup.quoted(exhibit.kind) ..
      ", supplement: " .. markup.quoted(exhibit.supplement) ..
      (exhibit.series and ", series: true" or "") ..
      (exhibit.floats and ", floats: " .. markup.quoted(exhibit.id) or "") ..
      ", caption: [" .. exhibit.caption .. "])["
  return markup.wrapped(open, content, exhibit.floats and "]" or "]<" .. exhibit.id .. ">", "typst")
end

-- Set each in the frame of its format.
function exhibits.placed(found, format)
  local place = format == "html" and html_exhibit or typst_exhibit
  local function finish(element, content)
    local exhibit = found[element.identifier]
    return exhibit and pandoc.Div(place(exhibit, content), pandoc.Attr("", { markup.PLACED }))
  end
  return {
    Div = function(div)
      return finish(div, div.content)
    end,
    Figure = function(figure)
      return finish(figure, figure.content)
    end,
    Table = function(tbl)
      local bare = tbl:clone()
      bare.caption = { long = {} }
      bare.identifier = ""
      return finish(tbl, pandoc.Blocks({ bare }))
    end,
  }
end

-- [@fig-a], [-@fig-a], [Chart @fig-a], [@fig-a; @tbl-b]; a name that is no exhibit's stays as it is.
function exhibits.references(found)
  local function one(citation, out)
    local id, rest = citation.id, ""
    while #id > 0 and not found[id] do -- '@fig-x和' is looked up as 'fig-x和'
      rest = id:sub(-1) .. rest
      id = id:sub(1, -2)
    end
    local exhibit = found[id]
    if not exhibit or rest:match("^[%w_-]") then
      error("There is no figure or table '" .. citation.id .. "' to refer to.", 0)
    end
    local text = tostring(exhibit.number)
    if #citation.prefix > 0 then
      text = pandoc.utils.stringify(citation.prefix) .. markup.NBSP .. text
    elseif citation.mode ~= "SuppressAuthor" then
      text = exhibit.supplement .. markup.NBSP .. text
    end
    out:insert(pandoc.Link({ pandoc.Str(text) }, "#" .. id, "", pandoc.Attr("", { "quarto-xref" })))
    if rest ~= "" then
      out:insert(pandoc.Str(rest))
    end
    out:extend(citation.suffix)
  end
  return function(cite)
    local out = pandoc.Inlines({})
    for index, citation in ipairs(cite.citations) do
      if not exhibit_kind(citation.id) then
        return cite.content
      end
      if index > 1 then
        out:extend({ pandoc.Str(","), pandoc.Space() })
      end
      one(citation, out)
    end
    return out
  end
end

return exhibits

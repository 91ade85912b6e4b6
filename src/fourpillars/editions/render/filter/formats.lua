-- What only one of the formats shows, or needs done its own way.

local markup = require("markup")

local formats = {}

local IS = { html = { html = true }, typst = { typst = true, pdf = true } }

local function shown(element, format)
  local classes, wanted = element.classes, element.attributes
  if not (classes:includes("content-visible") or classes:includes("content-hidden")) then
    return true
  end
  local matches = true
  if wanted["when-format"] then
    matches = IS[format][wanted["when-format"]] or false
  elseif wanted["unless-format"] then
    matches = not IS[format][wanted["unless-format"]]
  end
  return matches == classes:includes("content-visible")
end

-- `.content-visible` and `.content-hidden`, of blocks and of phrases.
function formats.conditional(format)
  local function keep(element)
    if not shown(element, format) then
      return {}
    end
    if element.classes:includes("content-visible") or element.classes:includes("content-hidden") then
      return element.content
    end
  end
  return { Div = keep, Span = keep }
end

-- The shortcode {{< pagebreak >}}.
function formats.paragraph(format)
  return function(para)
    if pandoc.utils.stringify(para):match("^{{<%s*pagebreak%s*>}}$") then
      return markup.raw(format, format == "html" and '<div class="fp-pagebreak"></div>' or "#pagebreak(weak: true)")
    end
  end
end

-- Typst knows no classes: a colour written in `style` survives, and our own classes become functions of the template.
function formats.typst_span(span)
  local open = nil
  for property, colour in (span.attributes.style or ""):gmatch("([%a-]+)%s*:%s*(#%x+)") do
    if property == "color" then
      open = "#text(fill: rgb(" .. markup.quoted(colour) .. "))["
    end
  end
  for _, class in ipairs(span.classes) do
    if class:match("^fp%-[%a-]+$") then
      open = "#fp-inline(" .. markup.quoted(class) .. ")["
    end
  end
  if open then
    local out = pandoc.Inlines({ pandoc.RawInline("typst", open) })
    out:extend(span.content)
    out:insert(pandoc.RawInline("typst", "]"))
    return out
  end
end

-- PDF/UA wants a text for every formula.
function formats.typst_math(math)
  local formula = pandoc.write(pandoc.Pandoc({ pandoc.Plain({ math }) }), "typst"):gsub("%s+$", "")
  local block = math.mathtype == "DisplayMath" and "true" or "false"
  return pandoc.RawInline("typst",
    "#math.equation(block: " .. block .. ", alt: " .. markup.quoted(math.text) .. ", " .. formula .. ".body)")
end

-- In a PDF an address relative to the page leads nowhere; a label that is not there stops Typst.
function formats.typst_link(targets)
  return function(link)
    local id = link.target:match("^#(.*)$")
    if id and not targets[id] or not id and not link.target:match("^%a[%w+.-]*:") then
      return link.content
    end
  end
end

-- An HTML table of the analyst's own, which would otherwise be missing from the PDF.
function formats.typst_raw(block)
  if block.format:match("^html") and block.text:find("<table", 1, true) and
      not block.text:find("quarto-html-table-processing: none", 1, true) then
    return pandoc.read(block.text, "html").blocks:filter(function(b) return b.t == "Table" end)
  end
end

return formats

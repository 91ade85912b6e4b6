-- Callouts, tabsets, columns and other blocks of their own.

local markup = require("markup")

local layout = {}

local function callout_kind(div)
  for _, class in ipairs(div.classes) do
    local kind = class:match("^callout%-(%a+)$")
    if kind then
      return kind
    end
  end
end

local function callout(div, kind, words, format)
  local content, title = div.content, nil
  if div.attributes.title then
    title = markup.inlines_of(div.attributes.title)
  elseif content[1] and content[1].t == "Header" then
    title = content:remove(1).content
  else
    title = pandoc.Inlines({ pandoc.Str(words.callouts[kind] or kind) })
  end
  if format == "typst" then
    return markup.wrapped("#fp-callout(kind: " .. markup.quoted(kind) .. ", title: [" .. markup.written(title, format) .. "])[", content, "]", format)
  end
  local class = "callout callout-" .. markup.escape(kind)
  local heading = markup.written(title, format)
  if div.attributes.collapse == "true" or div.attributes.collapse == "false" then
    local open = div.attributes.collapse == "false" and " open" or ""
    return markup.wrapped('<details class="' .. class .. '"' .. open .. '><summary class="callout-title">' .. heading ..
      '</summary><div class="callout-body">', content, "</div></details>", format)
  end
  return markup.wrapped('<div class="' .. class .. '" role="note"><p class="callout-title">' .. heading ..
    '</p><div class="callout-body">', content, "</div></div>", format)
end

-- On a page each tab is a titled section that a script makes into tabs; in the PDF the titles stay headings.
local function tabset(div, format)
  if format == "typst" then
    return div.content
  end
  local level, out, open = nil, pandoc.Blocks({ markup.raw("html", '<div class="panel-tabset">') }), false
  for _, block in ipairs(div.content) do
    if block.t == "Header" and (not level or block.level == level) then
      level = block.level
      out:insert(markup.raw("html", (open and "</div>" or "") .. '<div class="fp-tab"><p class="fp-tab-title">' ..
        markup.written(block.content, "html") .. "</p>"))
      open = true
    else
      out:insert(block)
    end
  end
  out:insert(markup.raw("html", (open and "</div>" or "") .. "</div>"))
  return out
end

local function columns(cells, count, widths, format)
  local out = pandoc.Blocks({})
  if format == "typst" then
    local tracks = widths and "(" .. table.concat(widths, ", ") .. ",)" or tostring(count)
    out:insert(markup.raw("typst", "#fp-columns(columns: " .. tracks .. ","))
    for _, cell in ipairs(cells) do
      out:extend(markup.wrapped("[", cell, "],", "typst"))
    end
    out:insert(markup.raw("typst", ")"))
    return out
  end
  local style = widths and table.concat(widths, " ") or "repeat(" .. count .. ", minmax(0, 1fr))"
  out:insert(markup.raw("html", '<div class="fp-columns" style="--fp-tracks: ' .. style .. '">'))
  for _, cell in ipairs(cells) do
    out:extend(markup.wrapped('<div class="fp-column">', cell, "</div>", "html"))
  end
  out:insert(markup.raw("html", "</div>"))
  return out
end

local function grid(div, format)
  local count = tonumber(div.attributes["layout-ncol"])
  if not count or count < 1 or count > 6 then
    return nil
  end
  local cells = {}
  for _, block in ipairs(div.content) do
    cells[#cells + 1] = pandoc.Blocks({ block })
  end
  return columns(cells, math.floor(count), nil, format)
end

local function side_by_side(div, format)
  local cells, widths, all = {}, {}, true
  for _, block in ipairs(div.content) do
    if block.t == "Div" and block.classes:includes("column") then
      cells[#cells + 1] = block.content
      local width = (block.attributes.width or ""):match("^%d+%.?%d*%%$")
      widths[#widths + 1] = width and width:sub(1, -2) .. "fr"
      all = all and width ~= nil
    end
  end
  return #cells > 0 and columns(cells, #cells, all and widths or nil, format) or nil
end

-- What to do with a div, by its classes.
function layout.containers(words, format)
  return function(div)
    local kind = callout_kind(div)
    if kind then
      return callout(div, kind, words, format)
    elseif div.classes:includes("panel-tabset") then
      return tabset(div, format)
    elseif div.attributes["layout-ncol"] then
      return grid(div, format)
    elseif div.classes:includes("columns") then
      return side_by_side(div, format)
    elseif format == "typst" then
      for _, class in ipairs(div.classes) do
        if class ~= markup.PLACED and class:match("^fp%-[%a-]+$") or class == "column-margin" then
          return markup.wrapped("#fp-block(" .. markup.quoted(class) .. ")[", div.content, "]", "typst")
        end
      end
    end
  end
end

return layout

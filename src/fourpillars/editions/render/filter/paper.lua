-- Where figures stand on paper: what introduces one keeps to it, and what follows a tall one goes on before it.

local markup = require("markup")

local paper = {}

local TALL = 400 -- pixels of a chart; a page has room for some 930

local function exhibit_in(block, found)
  local exhibit = nil
  if block and block.t == "Div" then
    exhibit = found[block.identifier]
    block:walk({ Div = function(div) exhibit = exhibit or found[div.identifier] end })
  end
  return exhibit
end

local function is_tall(block)
  local tall = false
  block:walk({
    RawBlock = function(raw)
      local height = raw.format == "typst" and raw.text:match('<svg[^>]- height=\\"([%d.]+)')
      tall = tall or (tonumber(height) or 0) > TALL
    end,
  })
  return tall
end

local function is_lead(blocks, index)
  local before = blocks[index - 1]
  return blocks[index].t == "Header" or blocks[index].t == "Para" and before ~= nil and before.t == "Header"
end

-- Say whether a table or more than an introduction stands between a figure and the next that keeps its place.
local function goes_on(blocks, first, found)
  for index = first, #blocks do
    local exhibit = exhibit_in(blocks[index], found)
    if exhibit and exhibit.kind == "fig" then
      if not is_tall(blocks[index]) then
        return false
      end
    elseif not is_lead(blocks, index) then
      return true
    end
  end
  return false
end

-- Let paragraphs that introduce an exhibit, or the next heading, stand with it; say where one that floats is.
local function with_leads(blocks, index, found)
  local block, after = blocks[index], blocks[index + 1]
  local exhibit = exhibit_in(after, found)
  local out = pandoc.Blocks({ block })
  if block.t == "Para" and is_lead(blocks, index) and after and (exhibit or after.t == "Header") then
    out = markup.wrapped("#fp-lead[", out, "]", "typst")
  end
  if exhibit and exhibit.floats and is_lead(blocks, index) then
    out:insert(markup.raw("typst", "#fp-elsewhere(" .. markup.quoted(exhibit.id) .. ", " .. markup.quoted(exhibit.supplement .. markup.NBSP .. exhibit.number) .. ")"))
  end
  return out
end

-- Mark the tall figures that may go to the top of a page, and keep figures in their order.
function paper.arranged(doc, found)
  local blocks, out, opened, waiting = doc.blocks, pandoc.Blocks({}), 1, false
  for index, block in ipairs(blocks) do
    local exhibit = exhibit_in(block, found)
    if exhibit and exhibit.kind == "fig" then
      exhibit.floats = is_tall(block) and goes_on(blocks, index + 1, found)
    end
  end
  for index, block in ipairs(blocks) do
    local exhibit = exhibit_in(block, found)
    if exhibit and exhibit.kind == "fig" then
      if waiting and not exhibit.floats then
        out:insert(opened, markup.raw("typst", "#place.flush()"))
      end
      waiting = exhibit.floats
    end
    out:extend(with_leads(blocks, index, found))
    if not is_lead(blocks, index) then
      opened = #out + 1
    end
  end
  doc.blocks = out
  return doc
end

return paper

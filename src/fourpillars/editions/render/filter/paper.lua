-- Where figures stand on paper: what introduces one keeps to it, and what follows a tall one goes on before it.

local markup = require("markup")

local paper = {}

local TALL = 400 -- pixels of a chart; a page has room for some 930
local SOME = 200
local SERIES = 3

local function exhibit_in(block, found)
  local exhibit = nil
  if block and block.t == "Div" then
    exhibit = found[block.identifier]
    block:walk({ Div = function(div) exhibit = exhibit or found[div.identifier] end })
  end
  return exhibit
end

local function height_of(block)
  local highest = 0
  block:walk({
    RawBlock = function(raw)
      local height = raw.format == "typst" and raw.text:match('<svg[^>]- height=\\"([%d.]+)')
      highest = math.max(highest, tonumber(height) or 0)
    end,
  })
  return highest
end

local function is_tall(block)
  return height_of(block) > TALL
end

local function is_lead(blocks, index)
  local before = blocks[index - 1]
  return blocks[index].t == "Header" or blocks[index].t == "Para" and before ~= nil and before.t == "Header"
end

-- Say whether a table or more than an introduction stands between a figure and the next that keeps its place; one
-- figure of some height may come between and float with it.
local function goes_on(blocks, first, found)
  local between = 0
  for index = first, #blocks do
    local exhibit = exhibit_in(blocks[index], found)
    if exhibit and exhibit.kind == "fig" then
      between = between + (is_tall(blocks[index]) and 0 or 1)
      if between > 1 or height_of(blocks[index]) < SOME then
        return false
      end
    elseif not is_lead(blocks, index) then
      return true
    end
  end
  return false
end

-- Let paragraphs that introduce an exhibit, or the sections below, stand with it; say where one that floats is.
local function with_leads(blocks, index, found)
  local block, after = blocks[index], blocks[index + 1]
  local exhibit = exhibit_in(after, found)
  local out = pandoc.Blocks({ block })
  local of_section = block.t == "Para" and is_lead(blocks, index) and blocks[index - 1]
  if of_section and (exhibit or after and after.t == "Header" and after.level > of_section.level) then
    out = markup.wrapped("#fp-lead[", out, "]", "typst")
  end
  if exhibit and exhibit.floats then
    out:insert(markup.raw("typst", "#fp-elsewhere(" .. markup.quoted(exhibit.id) .. ", " .. markup.quoted(exhibit.supplement .. markup.NBSP .. exhibit.number) .. ")"))
  end
  return out
end

-- Mark the figures of one height that follow one another under nothing but headings, three or more: they are compared
-- with one another, and set so that two of them stand on a page.
local function mark_series(blocks, found)
  local run, height = {}, nil
  local function close()
    for _, exhibit in ipairs(#run >= SERIES and run or {}) do
      exhibit.series = true
    end
    run, height = {}, nil
  end
  for _, block in ipairs(blocks) do
    local exhibit = exhibit_in(block, found)
    if exhibit and exhibit.kind == "fig" and not exhibit.floats and height_of(block) > 0 then
      if height_of(block) ~= height then
        close()
      end
      run[#run + 1], height = exhibit, height_of(block)
    elseif block.t ~= "Header" then
      close()
    end
  end
  close()
end

-- Mark the tall figures that may go to the top of a page, and keep figures in their order.
function paper.arranged(doc, found)
  local blocks, out, opened, waiting, floating = doc.blocks, pandoc.Blocks({}), 1, false, false
  for index, block in ipairs(blocks) do
    local exhibit = exhibit_in(block, found)
    if exhibit and exhibit.kind == "fig" then
      local high = is_tall(block) or floating and height_of(block) >= SOME
      floating = high and exhibit.id == block.identifier and goes_on(blocks, index + 1, found)
      exhibit.floats = floating
    elseif exhibit or not is_lead(blocks, index) then
      floating = false
    end
  end
  mark_series(blocks, found)
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

-- Begin with a list of contents; a few pages need none.
function paper.with_contents(doc, found)
  local sections, exhibits = 0, 0
  doc:walk({ Header = function(header) sections = sections + (header.level == 1 and 1 or 0) end })
  for _ in pairs(found) do
    exhibits = exhibits + 1
  end
  if sections > 2 and exhibits > 12 then
    doc.blocks:insert(1, markup.raw("typst", "#table-of-contents(" .. sections .. ")"))
  end
  return doc
end

return paper

-- The embedded renderer's pandoc: reads one JSON request a line, answers one a line.

package.path = pandoc.path.directory(arg[0]) .. "/?.lua;" .. package.path

local document = require("document")
local markup = require("markup")

local function answer(line)
  local request = pandoc.json.decode(line, false)
  local doc = pandoc.read(request.markdown, markup.READER)
  local out = {}
  for _, format in ipairs(request.formats) do
    out[format] = document.written(doc, request, format)
  end
  return out
end

for line in io.lines() do
  local ok, result = pcall(answer, line)
  if not ok then
    result = { error = tostring(result) }
  end
  io.stdout:write(pandoc.json.encode(result), "\n")
  io.stdout:flush()
end

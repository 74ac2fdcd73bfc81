-- For wrk: posts the lines of a file, each the body of a request, one after the other.
-- Arguments: the file, and milliseconds to wait before each request (0 where there are none).
local bodies, at, pause, failed = {}, 0, 0, 0

function init(arguments)
  for line in io.lines(arguments[1]) do bodies[#bodies + 1] = line end
  pause = tonumber(arguments[2] or "0")
  math.randomseed(os.time())
  at = math.random(#bodies)
  wrk.method = "POST"
  wrk.headers["Content-Type"] = "application/json"
end

function request()
  at = at % #bodies + 1
  return wrk.format(nil, nil, nil, bodies[at])
end

function delay()
  -- Waits are of random length, so that requests do not come in step.
  return pause == 0 and 0 or math.floor(pause * 2 * math.random() + 0.5)
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format("%.0f requests/s, p50 %.1f ms, p99 %.1f ms, %d answered, %d failed\n", summary.requests / summary.duration * 1e6,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000, summary.requests, errors.status + errors.connect + errors.read + errors.write + errors.timeout))
end

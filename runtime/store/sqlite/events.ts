// In: events. Out: the same in the order in which they were appended, by any process, as a list or as they come.
import { setTimeout as sleep } from 'node:timers/promises'
import { isObject, type JsonObject } from '../../json.js'
import type { EventFilter, EventRecord, NewEvent } from '../records.js'
import type { EventStore } from '../store.js'
import type { Database, Queries } from './database.js'
import { date, integer, jsonObject, optionalText, type Row, text } from './row.js'

const POLL_MS = 200
const BATCH = 1000

export function sqliteEvents(database: Database): EventStore {
  return {
    append: (events) => database.write((queries) => events.map((event) => insert(queries, event))),

    list: ({ limit, ...filter } = {}) => database.read((queries) => select(queries, filter, limit)),

    async *follow(filter = {}, { signal, interval = POLL_MS } = {}) {
      let after = filter.after ?? 0
      while (signal?.aborted !== true) {
        const found = await database.read((queries) => select(queries, { ...filter, after }, BATCH))
        for (const event of found) {
          if (signal?.aborted) return
          after = event.sequence
          yield event
        }
        // An aborted sleep is the end of the loop, not an error.
        if (found.length < BATCH) await sleep(interval, undefined, { signal }).catch(() => undefined)
      }
    },
  }
}

function insert(queries: Queries, event: NewEvent): EventRecord {
  const { eventId, type, stack, time = new Date(), message, status, percentage, error, data } = event
  const row = queries.get(
    'INSERT INTO events (event_id, type, stack, body, time) VALUES (?, ?, ?, ?, ?) RETURNING sequence',
    eventId,
    type,
    stack ?? null,
    JSON.stringify({ message, status, percentage, error, data }),
    time.getTime(),
  )
  return { ...event, time, sequence: integer(row ?? {}, 'sequence') }
}

// A negative limit is none.
function select(queries: Queries, { stack, eventId, type, after = 0 }: EventFilter, limit = -1): EventRecord[] {
  return queries
    .all(
      `SELECT sequence, event_id, type, stack, body, time FROM events
       WHERE sequence > ? AND (?2 IS NULL OR stack = ?2) AND (?3 IS NULL OR event_id = ?3) AND (?4 IS NULL OR type = ?4)
       ORDER BY sequence LIMIT ?`,
      after,
      stack ?? null,
      eventId ?? null,
      type ?? null,
      limit,
    )
    .map(readEvent)
}

function readEvent(row: Row): EventRecord {
  const body = jsonObject(text(row, 'body'))
  const stack = optionalText(row, 'stack')
  return {
    sequence: integer(row, 'sequence'),
    eventId: text(row, 'event_id'),
    type: text(row, 'type'),
    ...(stack === undefined ? {} : { stack }),
    ...readBody(body),
    time: date(row, 'time'),
  }
}

function readBody({
  message,
  status,
  percentage,
  error,
  data,
}: JsonObject): Pick<NewEvent, 'message' | 'status' | 'percentage' | 'error' | 'data'> {
  return {
    message: String(message),
    ...(typeof status === 'string' ? { status } : {}),
    ...(typeof percentage === 'number' ? { percentage } : {}),
    ...(isObject(error) ? { error } : {}),
    ...(isObject(data) ? { data } : {}),
  }
}

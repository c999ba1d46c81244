/** The hub's HTTP side described by itself: OpenAPI 3.1 from the routes that exist and the schemas that check them. */
import { z } from 'zod';
import { EVENT_COLUMNS } from '../../shared/event-columns.ts';
import { comparisonQuery, differenceQuery, exportQuery, rangeReportQuery, statementQuery } from '../../shared/export-queries.ts';
import {
  accountBody,
  acknowledgeBody,
  approveBody,
  authorityBody,
  capacityBody,
  claimBody,
  closeBody,
  correctionBody,
  daysBody,
  deviceBody,
  devicePatch,
  eventsQuery,
  findBody,
  headsBody,
  logBody,
  rehearsalBody,
  sessionBody,
  tokenBody,
  voteBody,
  votePublicationBody,
} from '../../shared/paths.ts';
import { readingsSchema } from '../../shared/reading.ts';
import { statementSchema } from '../../shared/report/statement.ts';

const BODIES: { [route: string]: z.ZodType } = {
  'POST /api/v1/session': sessionBody,
  'POST /api/v1/accounts': accountBody,
  'POST /api/v1/tokens': tokenBody,
  'POST /api/v1/devices': deviceBody,
  'PATCH /api/v1/devices/:id': devicePatch,
  'POST /api/v1/pairings/approve': approveBody,
  'POST /api/v1/pairings/find': findBody,
  'POST /api/v1/pairings/claim': claimBody,
  'POST /api/v1/readings': readingsSchema,
  'POST /api/v1/showcases/:id/corrections': correctionBody,
  'POST /api/v1/showcases/:id/authority': authorityBody,
  'PUT /api/v1/showcases/:id/days': daysBody,
  'POST /api/v1/showcases/:id/alerts/:alert/acknowledge': acknowledgeBody,
  'POST /api/v1/showcases/:id/heads': headsBody,
  'PUT /api/v1/showcases/:id/capacity': capacityBody,
  'POST /api/v1/showcases/:id/log': logBody,
  'POST /api/v1/showcases/:id/rehearsal': rehearsalBody,
  'PUT /api/v1/showcases/:id/vote': voteBody,
  'PUT /api/v1/showcases/:id/vote/publication': votePublicationBody,
  'POST /api/v1/showcases/:id/days/:day/close': closeBody,
};
const QUERIES: { [route: string]: z.ZodObject } = {
  'GET /api/v1/showcases/:id/attendance': exportQuery,
  'GET /api/v1/showcases/:id/report': rangeReportQuery,
  'GET /api/v1/showcases/:id/statement': statementQuery,
  'GET /api/v1/showcases/:id/comparison': comparisonQuery,
  'GET /api/v1/showcases/:id/days/:day/versions': rangeReportQuery,
  'GET /api/v1/showcases/:id/days/:day/versions/:version': rangeReportQuery,
  'GET /api/v1/showcases/:id/days/:day/versions/:version/difference': differenceQuery,
  'GET /api/v1/showcases/:id/events': eventsQuery,
};
/** what a body may be left out of */
const OPTIONAL: ReadonlySet<string> = new Set(['POST /api/v1/showcases/:id/days/:day/close']);

/** One event of the export: a line of the NDJSON, without what it lacks; a row of the CSV with every column. */
const eventSchema = {
  type: 'object',
  required: ['position', 'received', 'at', 'kind', 'showcase'],
  additionalProperties: false,
  properties: Object.fromEntries(Object.entries(EVENT_COLUMNS).map(([column, { type, about }]) => [column, { type, description: about }])),
};
const file = (...types: string[]) => Object.fromEntries(types.map((type) => [type, { schema: { type: 'string', format: 'binary' } }]));
/** what is answered besides JSON */
const ANSWERS: { [route: string]: object } = {
  'GET /api/v1/showcases/:id/attendance': { 'application/json': {}, ...file('text/csv', 'application/zip', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet') },
  'GET /api/v1/showcases/:id/report': file('text/html'),
  'GET /api/v1/showcases/:id/statement': { 'application/json': { schema: z.toJSONSchema(statementSchema) }, ...file('text/html') },
  'GET /api/v1/showcases/:id/events': { 'application/x-ndjson': { schema: eventSchema }, ...file('text/csv') },
};

/** what is sent besides JSON */
const FILES: { [route: string]: object } = { 'POST /api/v1/packs': file('application/zip') };

const json = (schema: z.ZodType) => z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' });

/** A parameter in a route's path, with its pattern. */
export const pathParameter = /:(\w+)(\{(?:[^{}]|\{[^}]*\})*\})?/g;

/** The document for these routes. */
export const openapi = (routes: readonly { method: string; path: string }[]): object => {
  const paths: { [path: string]: { [method: string]: object } } = {};
  for (const { method, path } of routes) {
    if (method === 'ALL' || path.includes('*') || !(path.startsWith('/api/') || path.startsWith('/q'))) continue;
    const key = `${method} ${path}`;
    const at = path.replace(pathParameter, '{$1}');
    const inPath = [...at.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({ name, in: 'path', required: true, schema: { type: 'string' } }));
    const inQuery = Object.entries(QUERIES[key]?.shape ?? {}).map(([name, schema]) => ({ name, in: 'query', schema: json(schema as z.ZodType) }));
    const body = BODIES[key];
    const content = body ? { 'application/json': { schema: json(body) } } : FILES[key];
    paths[at] ??= {};
    paths[at][method.toLowerCase()] = {
      ...(inPath.length + inQuery.length > 0 && { parameters: [...inPath, ...inQuery] }),
      ...(content && { requestBody: { required: !OPTIONAL.has(key), content } }),
      responses: {
        ...(ANSWERS[key] && { 200: { description: 'the answer', content: ANSWERS[key] } }),
        default: { description: 'the answer, or application/problem+json with a stable code' },
      },
    };
  }
  return { openapi: '3.1.0', info: { title: 'Harbourlight hub', version: '1' }, paths };
};

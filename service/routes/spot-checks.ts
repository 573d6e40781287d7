import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { canonicalJson } from '../../shared/canonical.ts';
import {
  DrawPlan,
  ExportAsk,
  ExportMade,
  SpotAgreement,
  SpotCheck,
  SpotCheckDetail,
  SpotChecks,
  SpotItem,
  SpotSubject,
  SpotVerdict,
} from '../../shared/spot-check/wire.ts';
import { scopeOf } from '../access.ts';
import { guarded, NO_INPUT } from '../endpoint.ts';
import type { Parts } from '../parts.ts';
import { agreementIn, drawCheck, judgeItem, listChecks, readCheck, readItem } from '../spot-checks.ts';
import { record } from '../store/audit.ts';
import { treeSize } from '../store/tree.ts';

const Check = z.strictObject({ id: z.uuid() });
const Item = z.strictObject({ id: z.uuid(), n: z.coerce.number().int().positive() });

/** 抽查: samples drawn by supervisors, blind second looks by whoever had no part, agreement; and exports, each logged. */
export function spotCheckRoutes(app: FastifyInstance, parts: Parts): void {
  guarded(app, parts, {
    method: 'POST',
    url: '/v1/spot-checks',
    summary: 'Draws a sample of conclusions; the same seed draws the same one',
    input: z.object({ body: DrawPlan }),
    answers: SpotCheck,
    work: (db, { body, now }, person) => drawCheck(db, person, scopeOf(person), body, now),
  });
  guarded(app, parts, {
    method: 'GET',
    url: '/v1/spot-checks',
    summary: 'The spot checks of the own place, newest first',
    input: NO_INPUT,
    answers: SpotChecks,
    look: async (db, _, person) => ({ checks: await listChecks(db, person) }),
  });
  guarded(app, parts, {
    method: 'GET',
    url: '/v1/spot-checks/:id',
    summary: 'A spot check and its sample; results only of what is settled',
    input: z.object({ params: Check }),
    answers: SpotCheckDetail,
    look: (db, { params }, person) => readCheck(db, person, params.id),
  });
  guarded(app, parts, {
    method: 'GET',
    url: '/v1/spot-checks/:id/items/:n',
    summary: 'A submission as it was to be judged, without anything that was decided',
    input: z.object({ params: Item }),
    answers: SpotSubject,
    look: (db, { params }, person) => readItem(db, person, params.id, params.n),
  });
  guarded(app, parts, {
    method: 'POST',
    url: '/v1/spot-checks/:id/items/:n/judgements',
    summary: 'Takes a second judgement, or a third where the first two differ',
    input: z.object({ params: Item, body: SpotVerdict }),
    answers: SpotItem,
    work: (db, { params, body, now }, person) => judgeItem(db, person, params, body, now),
  });
  guarded(app, parts, {
    method: 'GET',
    url: '/v1/spot-checks/:id/agreement',
    summary: 'Percent agreement and Cohen’s κ with its 95 % interval',
    input: z.object({ params: Check }),
    answers: SpotAgreement,
    look: (db, { params }, person) => agreementIn(db, person, params.id),
  });
  guarded(app, parts, {
    method: 'POST',
    url: '/v1/exports',
    summary: 'Records that an export is made, before it is',
    input: z.object({ body: ExportAsk }),
    answers: ExportMade,
    work: async (db, { body, now }, { id, name }) => {
      const { what, format, filter, rows } = body;
      const facts = { what, format, filter: canonicalJson(filter), rows };
      await record(db, { at: now, accountId: id, kind: 'export.made', subject: filter.submission, facts });
      return { entry: await treeSize(db), at: now, by: { id, name } };
    },
  });
}

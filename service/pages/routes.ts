import cookie from '@fastify/cookie';
import formbody from '@fastify/formbody';
import multipart from '@fastify/multipart';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Slot } from '../../shared/ids.ts';
import { problem } from '../../shared/problem.ts';
import { CandidateSignIn } from '../../shared/wire.ts';
import { allows, CANDIDATES } from '../access.ts';
import { signIn } from '../accounts/sign-in.ts';
import { digest } from '../accounts/token.ts';
import { ownSubmission } from '../candidate/own.ts';
import { submit } from '../candidate/submit.ts';
import { upload } from '../candidate/upload.ts';
import { candidateView } from '../candidate/view.ts';
import { Failure } from '../failure.ts';
import { serveImage } from '../images/serve.ts';
import { type Parts, transactOf } from '../parts.ts';
import { failureOf } from '../problems.ts';
import { LARGEST_UPLOAD } from '../routes/candidate.ts';
import { deleteSession, type Person, personOfSession } from '../store/accounts.ts';
import { record } from '../store/audit.ts';
import { findImage } from '../store/images.ts';
import { policyOf } from '../store/policies.ts';
import { noticePage } from './layout.ts';
import { sameOrigin } from './origin.ts';
import { SCRIPT } from './script.ts';
import { signInPage } from './sign-in-page.ts';
import { STYLE } from './style.ts';
import { type Shown, submissionPage } from './submission-page.ts';
import { type Notice, noticeOf } from './words.ts';

const COOKIE = 'review_desk_candidate';
const HOME = '/candidate/submission';
const PAGE_CSP =
  "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const html = (reply: FastifyReply, code: number, text: string): FastifyReply =>
  reply
    .code(code)
    .header('content-security-policy', PAGE_CSP)
    // Not "no-referrer": with that, browsers hide the origin of our own forms, which is what we check.
    .header('referrer-policy', 'same-origin')
    .type('text/html; charset=utf-8')
    .send(text);

async function shownTo(parts: Parts, candidate: Person): Promise<Shown> {
  const now = parts.clock().toISOString();
  return transactOf(parts)(async (db) => {
    const kept = await ownSubmission(db, candidate, now);
    const { status, round, opinions, district } = kept.submission;
    const policy = await policyOf(db, district);
    const { imageBytes } = policy;
    const view = candidateView(kept, policy);
    return { view, status, round, messageAt: opinions[0]?.at ?? null, imageBytes, now };
  });
}

/** The person whom the guard has let in. */
function signedIn({ person }: FastifyRequest): Person {
  if (!person) throw new Failure('session.expired');
  return person;
}

const tokenOf = (request: FastifyRequest): string => request.cookies[COOKIE] ?? '';

/** Lets candidates in by their cookie, and forms only from our own pages. */
function guard(app: FastifyInstance, parts: Parts): void {
  app.addHook('onRequest', async (request) => {
    if (request.method === 'POST' && !sameOrigin(request.headers)) throw new Failure('account.not_allowed');
    const { access } = request.routeOptions.config;
    if (access === undefined || access === 'anyone') return;
    const person = await personOfSession(parts.db, digest(tokenOf(request)), parts.clock().toISOString());
    if (!person || !allows(access, person)) throw new Failure('session.expired');
    request.person = person;
  });
}

function answerFailures(app: FastifyInstance): void {
  app.setErrorHandler((error, request, reply) => {
    const { code } = failureOf(error, true);
    if (code === 'session.expired') return reply.redirect('/candidate?expired=1', 303);
    if (code === 'service.failed') request.log.error({ err: error }, 'failed');
    return html(reply, problem(code).status, noticePage(noticeOf(code)));
  });
  app.setNotFoundHandler((_, reply) => html(reply, 404, noticePage(noticeOf('request.not_found'))));
}

function signInRoutes(app: FastifyInstance, parts: Parts): void {
  app.get<{ Querystring: { expired?: string } }>('/', { config: { access: 'anyone' } }, async (request, reply) => {
    const known = await personOfSession(parts.db, digest(tokenOf(request)), parts.clock().toISOString());
    if (known?.role === 'candidate') return reply.redirect(HOME, 303);
    const expired = request.query.expired === '1' ? noticeOf('session.expired') : null;
    return html(reply, 200, signInPage(expired));
  });
  const limited = { rateLimit: { max: parts.signInsPerMinute, timeWindow: '1 minute' } };
  app.post('/sign-in', { config: { access: 'anyone', ...limited } }, async (request, reply) => {
    const typed = CandidateSignIn.safeParse(request.body);
    if (!typed.success) return html(reply, 400, signInPage({ title: '请输入报名号和密码', next: '' }));
    const { registrationNumber, password } = typed.data;
    try {
      const { token } = await signIn(parts, 'candidate', { account: registrationNumber, password });
      const options = { path: '/candidate', httpOnly: true, sameSite: 'strict', secure: parts.secure } as const;
      return reply.setCookie(COOKIE, token, options).redirect(HOME, 303);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      return html(reply, problem(error.code).status, signInPage(noticeOf(error.code), registrationNumber));
    }
  });
  app.post('/sign-out', { config: { access: CANDIDATES } }, async (request, reply) => {
    const { id } = signedIn(request);
    const at = parts.clock().toISOString();
    await transactOf(parts)(async (db) => {
      await deleteSession(db, digest(tokenOf(request)));
      await record(db, { at, accountId: id, kind: 'session.closed', subject: null, facts: {} });
    });
    return reply.clearCookie(COOKIE, { path: '/candidate' }).redirect('/candidate', 303);
  });
}

const ImageParams = z.object({ slot: Slot });

/** The file of an upload form; none chosen is no image. */
async function uploadedBytes(request: FastifyRequest): Promise<Buffer> {
  const part = await request.file();
  const bytes = await part?.toBuffer();
  if (!bytes || bytes.length === 0) throw new Failure('image.format');
  return bytes;
}

function submissionRoutes(app: FastifyInstance, parts: Parts): void {
  const config = { access: CANDIDATES };
  const show = async (request: FastifyRequest, reply: FastifyReply, code: number, notice: Notice | null) =>
    html(reply, code, submissionPage(await shownTo(parts, signedIn(request)), notice));
  /** Does something; a failure is told on the submission's own page. */
  const attempt = async (request: FastifyRequest, reply: FastifyReply, work: () => Promise<string>) => {
    let target: string;
    try {
      target = await work();
    } catch (error) {
      const { code } = failureOf(error, true);
      if (code === 'service.failed' || code === 'session.expired') throw error;
      return show(request, reply, problem(code).status, noticeOf(code));
    }
    return reply.redirect(target, 303);
  };
  app.get('/submission', { config }, (request, reply) => show(request, reply, 200, null));
  app.get('/images/:slot', { config }, async (request, reply) => {
    const { slot } = ImageParams.parse(request.params);
    const { submission } = await transactOf(parts)((db) =>
      ownSubmission(db, signedIn(request), parts.clock().toISOString()),
    );
    const named = submission.images.find((image) => image.slot === slot);
    const held = named && (await findImage(parts.db, { kind: 'own', submissionId: submission.id }, named.sha256));
    if (!held) throw new Failure('request.not_found');
    return serveImage(request, reply, held, parts.blobs);
  });
  app.post('/images/:slot', { config, bodyLimit: LARGEST_UPLOAD + 65_536 }, (request, reply) =>
    attempt(request, reply, async () => {
      const { slot } = ImageParams.parse(request.params);
      const bytes = await uploadedBytes(request);
      const now = parts.clock().toISOString();
      await upload(parts, signedIn(request), { slot, bytes, now });
      return `${HOME}#${slot}`;
    }),
  );
  app.post('/submit', { config }, (request, reply) =>
    attempt(request, reply, async () => {
      const now = parts.clock().toISOString();
      await transactOf(parts)((db) => ownSubmission(db, signedIn(request), now));
      await transactOf(parts)((db) => submit(db, signedIn(request), now));
      return HOME;
    }),
  );
}

/** The candidates' pages under `/candidate`: rendered here, usable without script, readable on a phone. */
export async function candidatePages(app: FastifyInstance, parts: Parts): Promise<void> {
  await app.register(
    async (pages) => {
      await pages.register(cookie);
      await pages.register(formbody, { bodyLimit: 16_384 });
      await pages.register(multipart, { limits: { files: 1, fields: 4, fileSize: LARGEST_UPLOAD } });
      guard(pages, parts);
      answerFailures(pages);
      signInRoutes(pages, parts);
      submissionRoutes(pages, parts);
      const asset = (url: string, type: string, text: string) =>
        pages.get(url, { config: { access: 'anyone' } }, (_, reply) =>
          reply.header('cache-control', 'public, max-age=3600').type(type).send(text),
        );
      asset('/style.css', 'text/css; charset=utf-8', STYLE);
      asset('/page.js', 'text/javascript; charset=utf-8', SCRIPT);
    },
    { prefix: '/candidate' },
  );
}

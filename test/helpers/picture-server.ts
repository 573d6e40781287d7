import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { onTestFinished } from 'vitest';

/** A web server that answers requests for pictures as a test wants, and notes what was asked. */
export type PictureServer = {
  readonly origin: string;
  readonly asked: { readonly path: string; readonly range: string | undefined; readonly ifRange: string | undefined }[];
};

/** Starts one; it ends with the test. */
export async function openPictureServer(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<PictureServer> {
  const asked: PictureServer['asked'] = [];
  const server = createServer((request, response) => {
    const { range, 'if-range': ifRange } = request.headers;
    asked.push({ path: request.url ?? '', range, ifRange: Array.isArray(ifRange) ? ifRange[0] : ifRange });
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const address = server.address();
  return { origin: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`, asked };
}

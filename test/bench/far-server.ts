import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';

/** A web server that answers each request later, as one far away would; it has any bandwidth. */
export type FarServer = { readonly url: string; readonly close: () => Promise<void> };

/**
 * Serves files by the path that `fileOf` gives for an address.
 * @param delay what is added to each answer, ms
 */
export async function openFarServer(delay: number, fileOf: (path: string) => string): Promise<FarServer> {
  const server = createServer((request, response) => {
    const send = async () => {
      const bytes = await readFile(fileOf(new URL(request.url ?? '/', 'http://far').pathname));
      await pause(delay);
      response.writeHead(200, { 'content-type': 'image/jpeg', 'content-length': bytes.length }).end(bytes);
    };
    send().catch(() => response.writeHead(404).end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

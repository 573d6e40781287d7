/** Reads a part of the page that will be needed, once nothing else is to be done; gives the way to stop. */
export function ahead(load: () => Promise<unknown>): () => void {
  const asked = requestIdleCallback(() => void load());
  return () => cancelIdleCallback(asked);
}

import type { Page } from 'playwright';
import { z } from 'zod';

const Value = z.object({ value: z.unknown().optional() }).optional();
const Node = z.object({
  nodeId: z.string(),
  ignored: z.boolean(),
  role: Value,
  name: Value,
  properties: z.array(z.object({ name: z.string(), value: z.object({ value: z.unknown().optional() }) })).optional(),
  childIds: z.array(z.string()).optional(),
});
const Tree = z.object({ nodes: z.array(Node) });

/** What a screen reader comes to: in the order in which it reads. */
export type Spoken = {
  readonly role: string;
  readonly name: string;
  readonly focusable: boolean;
  readonly disabled: boolean;
  /** How it speaks up by itself when it changes: `polite`, `assertive`, or null. */
  readonly live: string | null;
};

const text = (value: z.infer<typeof Value>) => (typeof value?.value === 'string' ? value.value.trim() : '');

/** The page as Chromium's accessibility tree gives it to screen readers, in reading order. */
export async function spoken(page: Page): Promise<Spoken[]> {
  const session = await page.context().newCDPSession(page);
  try {
    const { nodes } = Tree.parse(await session.send('Accessibility.getFullAXTree'));
    const byId = new Map(nodes.map((node) => [node.nodeId, node]));
    const found: Spoken[] = [];
    const visit = (id: string) => {
      const node = byId.get(id);
      if (!node) return;
      if (!node.ignored) {
        const property = (name: string) => node.properties?.find((one) => one.name === name)?.value.value;
        const live = property('live');
        found.push({
          role: text(node.role),
          name: text(node.name),
          focusable: property('focusable') === true,
          disabled: property('disabled') === true,
          live: typeof live === 'string' && live !== 'off' ? live : null,
        });
      }
      for (const child of node.childIds ?? []) visit(child);
    };
    const [root] = nodes;
    if (root) visit(root.nodeId);
    return found;
  } finally {
    await session.detach();
  }
}

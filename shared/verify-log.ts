import { entryForm, LOG_START, type LogEntry, type TreeHead } from './log.ts';
import { Edge, type Hash, leafHash } from './merkle.ts';

/**
 * What is wrong with a log, at its first bad entry: `gap`: an entry is missing, moved or given twice; `content`: it was
 * edited; `link`: it does not follow the one before; `cut`: the log ends too early; `longer`: it has entries beyond its
 * head; `root`: it is another log than the head was signed for (entries were edited and their hashes made anew).
 */
export const FINDINGS = ['gap', 'content', 'link', 'cut', 'longer', 'root'] as const;
export type Finding = { readonly at: number; readonly kind: (typeof FINDINGS)[number] };

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** Bytes as lower-case hex. */
export function hexOf(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += HEX[byte];
  return text;
}

/** Goes through a log entry by entry; hashes are made from the content, never taken from what is stored. */
export class LogWalk {
  readonly #hash: Hash;
  readonly #encode: (text: string) => Uint8Array;
  readonly #edge: Edge;
  readonly #onNode: ((node: ReturnType<Edge['add']>[number]) => void) | undefined;
  #n = 0;
  #previous = LOG_START;

  /**
   * @param encode UTF-8 of a text
   * @param onNode hears of each subtree that an entry completes
   */
  constructor(
    hash: Hash,
    encode: (text: string) => Uint8Array,
    onNode?: (node: ReturnType<Edge['add']>[number]) => void,
  ) {
    this.#onNode = onNode;
    this.#hash = hash;
    this.#encode = encode;
    this.#edge = new Edge(hash);
  }

  /** Takes the next entry; null when it is in order. */
  take(entry: LogEntry): Finding | null {
    const at = this.#n + 1;
    if (entry.n !== at) return { at, kind: 'gap' };
    const bytes = this.#encode(entryForm(entry));
    if (hexOf(this.#hash(bytes)) !== entry.hash) return { at, kind: 'content' };
    if (entry.previous !== this.#previous) return { at, kind: 'link' };
    const completed = this.#edge.add(leafHash(this.#hash, bytes));
    if (this.#onNode) completed.forEach(this.#onNode);
    this.#n = at;
    this.#previous = entry.hash;
    return null;
  }

  /** How many entries were in order. */
  size(): number {
    return this.#n;
  }

  /** How many entries were in order, and the root (hex) over them. */
  head(): Pick<TreeHead, 'size' | 'root'> & { readonly last: string } {
    const { size, root } = this.#edge.tree();
    return { size, root: hexOf(root) as TreeHead['root'], last: this.#previous };
  }

  /** Whether the log that was walked is the one of a head. */
  end({ size, root }: Pick<TreeHead, 'size' | 'root'>): Finding | null {
    const own = this.head();
    if (own.size < size) return { at: own.size + 1, kind: 'cut' };
    if (own.size > size) return { at: size + 1, kind: 'longer' };
    return own.root === root ? null : { at: 1, kind: 'root' };
  }
}

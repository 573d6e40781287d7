import { join } from 'node:path';
import babel from '@rolldown/plugin-babel';
import react, { reactCompilerPreset } from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { type Plugin, runnerImport } from 'vite';

/** Native modules stay outside the bundle; everything else goes in, so that the packed app needs no other packages. */
const native = ['electron', 'better-sqlite3', 'sharp', '@node-rs/argon2'];

/**
 * The gesture library puts a style element into the page when it is imported, which the strict content policy refuses.
 * Its few rules stand in renderer/viewer/viewer.css instead.
 */
const withoutInjectedStyles: Plugin = {
  name: 'without-injected-styles',
  transform(code, id) {
    if (!id.includes('react-zoom-pan-pinch')) return null;
    if (!code.includes('styleInject(css_248z);'))
      this.error('react-zoom-pan-pinch injects its styles in another way now');
    return { code: code.replace('styleInject(css_248z);', ''), map: null };
  },
};

/**
 * What is drawn again with every key on the review screen: there alone the compiler remembers what has not changed. Elsewhere
 * nobody waits, and components may read what the compiler takes for constant.
 */
const remembered = {
  ...reactCompilerPreset(),
  rolldown: { filter: { id: /\/renderer\/(review|viewer|ui|checklist|notes|aside)\/.*\.tsx?$/ } },
};

/**
 * The sign-in is on screen before any script has run: it is drawn here, and its few styles stand in the page. Main puts
 * them together (electron/first-page.ts).
 */
const withFirstPage: Plugin = {
  name: 'with-first-page',
  apply: 'build',
  enforce: 'post',
  async generateBundle() {
    const entry = join(import.meta.dirname, 'renderer/sign-in/prerender.tsx');
    type Prerender = { readonly prerender: () => Promise<Readonly<Record<string, string>>> };
    const { module } = await runnerImport<Prerender>(entry, { configFile: false, plugins: [react()] });
    this.emitFile({ type: 'asset', fileName: 'sign-in.json', source: JSON.stringify(await module.prerender()) });
  },
  transformIndexHtml: {
    order: 'post',
    handler: (html, { bundle }) =>
      html.replace(/<link rel="stylesheet"[^>]* href="[./]*([^"]+)">/g, (link, name: string) => {
        const sheet = bundle?.[name];
        return sheet?.type === 'asset' ? `<style nonce="__CSP_NONCE__">${sheet.source}</style>` : link;
      }),
  },
};

/** The oldest Electron that must run it is 33: Node 20, Chromium 130. */
const target = { node: 'node20', page: 'chrome130' };

export default defineConfig({
  main: {
    // The module edition of fflate for Node declares `require`, which the bundle declares too.
    resolve: { alias: { fflate: join(import.meta.dirname, 'node_modules/fflate/lib/node.cjs') } },
    build: {
      externalizeDeps: false,
      outDir: 'out/main',
      target: target.node,
      rolldownOptions: {
        external: native,
        input: {
          main: 'electron/main.ts',
          intake: 'electron/images/intake.ts',
          align: 'electron/images/align-process.ts',
          'images-writer': 'electron/store/images-writer.ts',
          'backup-writer': 'electron/store/backup-writer.ts',
          'records-reader': 'electron/proofs/records-reader.ts',
        },
        output: {
          format: 'es',
          entryFileNames: '[name].js',
          chunkFileNames: '[name]-[hash].js',
          // V8 keeps the text of every script. Names stay as they are, for those who read a stack.
          minify: { compress: true, mangle: false, codegen: { removeWhitespace: true } },
        },
      },
    },
  },
  preload: {
    build: {
      externalizeDeps: false,
      outDir: 'out/preload',
      target: target.node,
      rolldownOptions: {
        external: ['electron'],
        input: { preload: 'electron/preload.ts' },
        // A sandboxed preload must be CommonJS.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'renderer',
    plugins: [react(), babel({ presets: [remembered] }), withoutInjectedStyles, withFirstPage],
    build: {
      outDir: 'out/renderer',
      target: target.page,
      rolldownOptions: { input: 'renderer/index.html' },
      minify: true,
      // Read from the disk of this computer, so one file is as good as several.
      chunkSizeWarningLimit: 2_000,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
    },
  },
});

import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { licences } from './licences.js';

const { page, worker } = licences();

export default {
  root: fileURLToPath(new URL('.', import.meta.url)),
  configFile: false,
  base: './',
  plugins: [react(), ...page],
  worker: { format: 'es', plugins: worker },
  build: {
    target: 'es2022',
    emptyOutDir: true,
    // The icon font and the favicon stay files: the page's content security policy needs no exception for them.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 8000,
    rolldownOptions: {
      // 'use no memo' speaks to React's compiler, which ran before the packages were published.
      checks: { moduleLevelDirective: false },
      // GraphiQL titles its icons by the names of their functions: minified, a screen reader would say 'i t icon'.
      output: { keepNames: true },
    },
  },
};

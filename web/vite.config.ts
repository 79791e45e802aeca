import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import Components from 'unplugin-vue-components/vite'
import { ElementPlusResolver } from 'unplugin-vue-components/resolvers'
import { defineConfig } from 'vite'

/** Where the server listens while the client is developed. */
const server = process.env.PARKLEDGER_SERVER ?? 'http://127.0.0.1:8420'

export default defineConfig({
  plugins: [
    vue(),
    // Only Element Plus: our own components are imported by name, so that a reader sees where they come from.
    Components({ dirs: [], dts: false, resolvers: [ElementPlusResolver({ importStyle: 'css' })] }),
  ],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  define: {
    __VUE_OPTIONS_API__: true, // Element Plus uses it
    __VUE_PROD_DEVTOOLS__: false,
    __VUE_I18N_LEGACY_API__: false,
    __VUE_I18N_FULL_INSTALL__: false,
    __INTLIFY_PROD_DEVTOOLS__: false,
    __INTLIFY_DROP_MESSAGE_COMPILER__: false,
  },
  // The map library starts its worker as a module.
  worker: { format: 'es' },
  build: {
    target: 'es2022',
    assetsInlineLimit: 0, // the content security policy allows fonts and styles from the server alone
    modulePreload: { polyfill: false },
    manifest: true, // tests/budget.mjs reads it
    chunkSizeWarningLimit: 1200, // the map and chart libraries, which load when a map or chart is seen
  },
  server: {
    port: Number(process.env.PORT ?? 5173),
    proxy: { '/api': { target: server, changeOrigin: false } },
  },
  test: { include: ['tests/unit/**/*.test.ts'] },
} as Parameters<typeof defineConfig>[0])

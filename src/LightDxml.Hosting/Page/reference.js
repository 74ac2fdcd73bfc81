// The API to read and to try. Nothing that Scalar offers beyond is here: it would ask other hosts.

globalThis.Scalar.createApiReference('#reference', {
  url: new URL('openapi/v1.json', location.href).href,
  baseServerURL: new URL('.', location.href).href.replace(/\/$/, ''),
  withDefaultFonts: false,
  telemetry: false,
  hideClientButton: true,
  showDeveloperTools: 'never',
  defaultOpenAllTags: true,
  agent: { disabled: true },
  mcp: { disabled: true },
});

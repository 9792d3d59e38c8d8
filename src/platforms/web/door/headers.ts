/** What every answer tells the browser: load nothing from elsewhere, be shown nowhere else, guess no types. */
import type { MiddlewareHandler } from 'hono';
import { secureHeaders } from 'hono/secure-headers';

/** `scriptHash`: of the only inline script, which says where libraries are. */
export function safeHeaders(scriptHash: string): MiddlewareHandler {
  const secure = secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'", `'sha256-${scriptHash}'`],
      styleSrc: ["'self'"],
      imgSrc: ["'self'", 'blob:'],
      mediaSrc: ["'self'", 'blob:'],
      connectSrc: ["'self'"],
      fontSrc: ["'none'"],
      formAction: ["'self'"],
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
    },
    permissionsPolicy: {
      camera: [],
      displayCapture: [],
      geolocation: [],
      microphone: [],
      payment: [],
      usb: [],
    },
    xFrameOptions: 'DENY',
    // whoever puts https in front decides this for the whole host
    strictTransportSecurity: false,
    // the sign-in page has its own
    overwrite: false,
  });
  return async (context, next) => {
    await secure(context, next);
    // what a route does not say otherwise is for this person, now
    if (!context.res.headers.has('cache-control')) context.header('cache-control', 'no-store');
  };
}

/** Why a backend cannot be used, and what to change, in English. docs/troubleshooting.md has the same table. */
import type { FaultAbout, FaultSentences } from '../phrases.ts';

// for people
const away = ({ backend }: FaultAbout) => `${backend} can't be reached right now. Please try again later.`;
const late = ({ backend }: FaultAbout) => `${backend} did not answer in time. Please try again later.`;
const wrong = ({ backend }: FaultAbout) =>
  `${backend} can't be used: its connection is not set up right. Whoever runs Easel needs to look at it.`;
const locked = ({ backend }: FaultAbout) =>
  `${backend} does not let me in. Whoever runs Easel needs to look at it.`;

export const connectionFaults: FaultSentences = {
  'nobody-listens': {
    person: away,
    operator: ({ backend }) =>
      `${backend} does not answer: nothing listens there. Start ComfyUI, with --listen if it is on another machine, or correct host and port in COMFY_URL.`,
  },
  'container-loopback': {
    person: away,
    operator: ({ backend }) =>
      `${backend} does not answer: inside of a container that address is the container itself. For a ComfyUI on the machine around it put host.docker.internal into COMFY_URL (on Linux with --add-host=host.docker.internal:host-gateway) and start ComfyUI with --listen.`,
  },
  'no-such-host': {
    person: away,
    operator: ({ backend }) =>
      `${backend} cannot be found: nobody knows that name. Correct the host in COMFY_URL, or put its IP address there.`,
  },
  'no-resolver': {
    person: away,
    operator: ({ backend }) =>
      `${backend} cannot be found now: the name server (DNS) of this machine does not answer. Check the network of this machine, or put an IP address into COMFY_URL.`,
  },
  'no-route': {
    person: away,
    operator: ({ backend }) =>
      `${backend} cannot be reached: no way leads there from this machine. Check its network, VPN and firewall, and the address in COMFY_URL.`,
  },
  'no-connection': {
    person: away,
    operator: ({ backend }) =>
      `${backend} does not answer: nothing at all comes back. Check that the machine is on, that no firewall swallows what is sent, and the address in COMFY_URL.`,
  },
  'no-answer': {
    person: late,
    operator: ({ backend }) =>
      `${backend} does not answer in time. It may be loading a model or be overloaded: look at its own log. If it is idle, check the address in COMFY_URL.`,
  },
  'hung-up': {
    person: away,
    operator: ({ backend }) =>
      `${backend} closes the connection without an answer. Look at its own log, and check the port in COMFY_URL, and whether it begins with https:// where it has to.`,
  },
  'not-http': {
    person: wrong,
    operator: ({ backend }) =>
      `${backend} does not speak HTTP: another program has that port. Put ComfyUI's own port into COMFY_URL, usually 8188.`,
  },
  'plain-to-tls': {
    person: wrong,
    operator: ({ backend }) => `${backend} speaks TLS only. Begin COMFY_URL with https://.`,
  },
  'tls-to-plain': {
    person: wrong,
    operator: ({ backend }) => `${backend} does not speak TLS. Begin COMFY_URL with http://.`,
  },
  'tls-refused': {
    person: wrong,
    operator: ({ backend }) =>
      `${backend} ended the TLS handshake. Put its name into COMFY_URL, not an IP address; the log has OpenSSL's words.`,
  },
  'certificate-untrusted': {
    person: wrong,
    operator: ({ backend }) =>
      `The certificate of ${backend} is not trusted. Name the certificate of who signed it in NODE_EXTRA_CA_CERTS, in the environment and not in .env, and start Easel again.`,
  },
  'certificate-other-name': {
    person: wrong,
    operator: ({ backend }) =>
      `The certificate of ${backend} is for another name. Put the name into COMFY_URL that the certificate has.`,
  },
  'certificate-expired': {
    person: wrong,
    operator: ({ backend }) =>
      `The certificate of ${backend} has expired. Renew it there; if it is good, set this machine's clock.`,
  },
  'certificate-early': {
    person: wrong,
    operator: ({ backend }) =>
      `The certificate of ${backend} is not valid yet. Set this machine's clock, or put another certificate there.`,
  },
  'login-wanted': {
    person: locked,
    operator: ({ backend }) =>
      `Something in front of ${backend} wants a login. Give it the one that it asks for: user:password@ in COMFY_URL, a header in COMFY_HEADERS, or a key in COMFY_API_KEY.`,
  },
  'login-refused': {
    person: locked,
    operator: ({ backend }) =>
      `What is in front of ${backend} refused Easel's login. Correct user and password in COMFY_URL, or the header in COMFY_HEADERS.`,
  },
  'key-wanted': {
    person: locked,
    operator: ({ backend }) => `${backend} takes nobody without a key. Set COMFY_API_KEY.`,
  },
  'login-page': {
    person: locked,
    operator: ({ backend }) =>
      `${backend} answers with a login page: something in front of it wants a login. Give it user:password@ in COMFY_URL or a header in COMFY_HEADERS, or let COMFY_URL lead past it.`,
  },
  moved: {
    person: wrong,
    operator: ({ backend, to }) =>
      `${backend} sends everybody on to another address.${to === undefined ? ' Put that into COMFY_URL.' : ` Set COMFY_URL=${to}.`}`,
  },
  'wrong-path': {
    person: wrong,
    operator: ({ backend, to }) =>
      to === undefined
        ? `${backend} answers, but there is no ComfyUI below the path in COMFY_URL. Correct the path; most have none.`
        : `${backend} is there, but below another path than the one in COMFY_URL. Set COMFY_URL=${to}.`,
  },
  'not-comfyui': {
    person: wrong,
    operator: ({ backend }) =>
      `${backend} answers, but as something else than ComfyUI. Put ComfyUI's own host and port into COMFY_URL, and the path after them if a proxy has it below one.`,
  },
  'front-forbids': {
    person: locked,
    operator: ({ backend }) =>
      `Something in front of ${backend} does not let this machine through (HTTP 403). Allow Easel's address there, or give it a login: user:password@ in COMFY_URL or a header in COMFY_HEADERS.`,
  },
  'nothing-behind': {
    person: away,
    operator: ({ backend, status }) =>
      `A proxy answers for ${backend}, but no ComfyUI behind it does${status === undefined ? '' : ` (HTTP ${status})`}. Start ComfyUI, or correct where the proxy sends requests.`,
  },
  'origin-guard': {
    person: wrong,
    operator: ({ backend }) =>
      `${backend} takes the request for another website's (HTTP 403). Let the proxy before it pass on Host and Origin as they come, or start ComfyUI with --enable-cors-header.`,
  },
  'key-unsendable': {
    person: wrong,
    operator: () => 'COMFY_API_KEY holds characters that no key has. Copy it anew.',
  },
  'no-socket': {
    person: away,
    operator: ({ backend }) =>
      `${backend} answers, but does not open its WebSocket, so live progress and previews are not seen. Let the proxy before it pass on /ws with the headers Upgrade and Connection.`,
  },
};

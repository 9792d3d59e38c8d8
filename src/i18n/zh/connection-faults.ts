/** Why a backend cannot be used, and what to change, in simplified Chinese. */
import type { FaultAbout, FaultSentences } from '../phrases.ts';

const away = ({ backend }: FaultAbout) => `暂时无法连接 ${backend}，请稍后再试。`;
const late = ({ backend }: FaultAbout) => `${backend} 没有及时响应，请稍后再试。`;
const wrong = ({ backend }: FaultAbout) => `${backend} 的连接设置有误，无法使用。需要 Easel 的运维人员检查。`;
const locked = ({ backend }: FaultAbout) => `${backend} 不允许访问。需要 Easel 的运维人员检查。`;

export const connectionFaults: FaultSentences = {
  'nobody-listens': {
    person: away,
    operator: ({ backend }) =>
      `${backend} 没有响应：那里没有程序在监听。请启动 ComfyUI（在另一台机器上时加 --listen），或更正 COMFY_URL 中的主机和端口。`,
  },
  'container-loopback': {
    person: away,
    operator: ({ backend }) =>
      `${backend} 没有响应：在容器里，这个地址就是容器自己。要使用宿主机上的 ComfyUI，请在 COMFY_URL 中写 host.docker.internal（Linux 上还要加 --add-host=host.docker.internal:host-gateway），并用 --listen 启动 ComfyUI。`,
  },
  'no-such-host': {
    person: away,
    operator: ({ backend }) =>
      `找不到 ${backend}：没有这个名称。请更正 COMFY_URL 中的主机名，或写它的 IP 地址。`,
  },
  'no-resolver': {
    person: away,
    operator: ({ backend }) =>
      `暂时找不到 ${backend}：本机的域名服务器（DNS）没有响应。请检查本机的网络，或在 COMFY_URL 中写 IP 地址。`,
  },
  'no-route': {
    person: away,
    operator: ({ backend }) =>
      `无法到达 ${backend}：本机没有通往那里的路由。请检查网络、VPN 和防火墙，以及 COMFY_URL 中的地址。`,
  },
  'no-connection': {
    person: away,
    operator: ({ backend }) =>
      `${backend} 没有响应：没有任何数据返回。请检查那台机器是否开机、防火墙是否拦截，以及 COMFY_URL 中的地址。`,
  },
  'no-answer': {
    person: late,
    operator: ({ backend }) =>
      `${backend} 没有及时响应。它可能正在加载模型或负载过高，请查看它自己的日志。如果它空闲，请检查 COMFY_URL 中的地址。`,
  },
  'hung-up': {
    person: away,
    operator: ({ backend }) =>
      `${backend} 没有响应就关闭了连接。请查看它自己的日志，并检查 COMFY_URL 中的端口，以及是否应以 https:// 开头。`,
  },
  'not-http': {
    person: wrong,
    operator: ({ backend }) =>
      `${backend} 上的程序不使用 HTTP。请在 COMFY_URL 中写 ComfyUI 自己的端口，通常是 8188。`,
  },
  'plain-to-tls': {
    person: wrong,
    operator: ({ backend }) => `${backend} 只支持 TLS。请让 COMFY_URL 以 https:// 开头。`,
  },
  'tls-to-plain': {
    person: wrong,
    operator: ({ backend }) => `${backend} 不支持 TLS。请让 COMFY_URL 以 http:// 开头。`,
  },
  'tls-refused': {
    person: wrong,
    operator: ({ backend }) =>
      `${backend} 中止了 TLS 握手。请在 COMFY_URL 中写主机名而不是 IP 地址；日志里有 OpenSSL 的说明。`,
  },
  'certificate-untrusted': {
    person: wrong,
    operator: ({ backend }) =>
      `${backend} 的证书不受信任。请用 NODE_EXTRA_CA_CERTS 指定签发者的证书（写在环境变量里，不是 .env），然后重新启动 Easel。`,
  },
  'certificate-other-name': {
    person: wrong,
    operator: ({ backend }) => `${backend} 的证书属于另一个名称。请在 COMFY_URL 中写证书上的名称。`,
  },
  'certificate-expired': {
    person: wrong,
    operator: ({ backend }) =>
      `${backend} 的证书已过期。请在那里更新证书；如果证书没有问题，请校准本机的时钟。`,
  },
  'certificate-early': {
    person: wrong,
    operator: ({ backend }) => `${backend} 的证书尚未生效。请校准本机的时钟，或换一个证书。`,
  },
  'login-wanted': {
    person: locked,
    operator: ({ backend }) =>
      `${backend} 前面的服务器要求登录。请提供它要求的方式：COMFY_URL 中的 user:password@、COMFY_HEADERS 中的请求头，或 COMFY_API_KEY 中的密钥。`,
  },
  'login-refused': {
    person: locked,
    operator: ({ backend }) =>
      `${backend} 前面的服务器拒绝了 Easel 的登录。请更正 COMFY_URL 中的用户名和密码，或 COMFY_HEADERS 中的请求头。`,
  },
  'key-wanted': {
    person: locked,
    operator: ({ backend }) => `${backend} 必须有密钥才能使用。请设置 COMFY_API_KEY。`,
  },
  'login-page': {
    person: locked,
    operator: ({ backend }) =>
      `${backend} 返回了登录页面：它前面的服务器要求登录。请用 COMFY_URL 中的 user:password@ 或 COMFY_HEADERS 中的请求头登录，或让 COMFY_URL 绕过它。`,
  },
  moved: {
    person: wrong,
    operator: ({ backend, to }) =>
      `${backend} 转到了另一个地址。${to === undefined ? '请把那个地址写入 COMFY_URL。' : `请设置 COMFY_URL=${to}。`}`,
  },
  'wrong-path': {
    person: wrong,
    operator: ({ backend, to }) =>
      to === undefined
        ? `${backend} 上，COMFY_URL 的路径下没有 ComfyUI。请更正路径；多数情况下不需要路径。`
        : `${backend} 上，COMFY_URL 的路径下没有 ComfyUI，但别处有。请设置 COMFY_URL=${to}。`,
  },
  'not-comfyui': {
    person: wrong,
    operator: ({ backend }) =>
      `${backend} 有响应，但不是 ComfyUI。请在 COMFY_URL 中写 ComfyUI 自己的主机和端口；如果代理把它放在某个路径下，也要写上路径。`,
  },
  'front-forbids': {
    person: locked,
    operator: ({ backend }) =>
      `${backend} 前面的服务器不让本机通过（HTTP 403）。请在那里允许 Easel 的地址，或用 COMFY_URL 中的 user:password@ 或 COMFY_HEADERS 中的请求头登录。`,
  },
  'nothing-behind': {
    person: away,
    operator: ({ backend, status }) =>
      `${backend} 的代理有响应，但它后面的 ComfyUI 没有${status === undefined ? '' : `（HTTP ${status}）`}。请启动 ComfyUI，或更正代理的转发目标。`,
  },
  'origin-guard': {
    person: wrong,
    operator: ({ backend }) =>
      `${backend} 把请求当作来自其他网站而拒绝（HTTP 403）。请让前面的代理原样传递 Host 和 Origin，或用 --enable-cors-header 启动 ComfyUI。`,
  },
  'key-unsendable': {
    person: wrong,
    operator: () => 'COMFY_API_KEY 含有密钥中不会有的字符。请重新复制。',
  },
  'no-socket': {
    person: away,
    operator: ({ backend }) =>
      `${backend} 有响应，但 WebSocket 打不开，所以看不到实时进度和预览。请让前面的代理带着 Upgrade 和 Connection 请求头转发 /ws。`,
  },
};

import { type Entry, entry } from './entry.ts';

/** Why the service cannot be reached. */
export const NETWORK_PROBLEMS = {
  'network.offline': entry(
    0,
    ['本机没有连接网络', '请检查网线或无线网络；可继续审核，联网后自动发送'],
    ['This computer is not connected to a network', 'Check cable or Wi-Fi; go on reviewing, it is sent afterwards'],
  ),
  'network.address': entry(
    0,
    ['找不到服务器', '请检查服务地址是否正确、网络是否连通'],
    ['The service cannot be found', 'Check the address and the network'],
  ),
  'network.refused': entry(
    0,
    ['服务器拒绝连接，审核服务可能未启动', '请核对地址与端口，或稍后再试；如持续不通，请联系考区管理员'],
    [
      'The server refuses the connection; the service may not be running',
      "Check address and port, or try later; tell the district's administrator if it stays so",
    ],
  ),
  'network.timeout': entry(
    0,
    ['连不上服务器', '将自动重试；请检查网络，或联系单位网络管理员确认防火墙已放行'],
    [
      'The server cannot be reached',
      'It is tried again by itself; check the network, or ask whether a firewall blocks it',
    ],
  ),
  'network.stalled': entry(
    0,
    ['连接停滞，收不到数据', '将自动重试；如反复出现，请检查网络，或请考区管理员检查服务'],
    [
      'The connection has stalled; nothing arrives',
      'It is tried again by itself; if this repeats, have the network or the service checked',
    ],
  ),
  'network.slow': entry(
    0,
    ['网络过慢，未能在时限内传完', '将自动重试；可继续审核，或换一个网络'],
    [
      'The network is too slow to finish in time',
      'It is tried again by itself; go on reviewing, or use another network',
    ],
  ),
  'network.broken': entry(
    0,
    ['连接中途断开', '将自动重试；如反复出现，请检查网线、路由器或防火墙'],
    ['The connection broke off', 'It is tried again by itself; if this repeats, check cable, router or firewall'],
  ),
  'network.gateway': entry(
    0,
    ['审核服务暂停或正在维护', '网络正常；服务恢复后自动发送，可继续审核'],
    ['The service is paused or under maintenance', 'The network is fine; it is sent when the service is back'],
  ),
  'network.portal': entry(
    0,
    ['网络要求先登录认证', '请用浏览器完成上网认证，之后自动继续；未向认证页发送任何资料'],
    [
      'This network asks you to log in first',
      'Log in to it with a browser, the rest follows by itself; nothing was sent to the login page',
    ],
  ),
  'network.proxy_unreachable': entry(
    0,
    ['连不上代理服务器', '请检查系统的代理设置，或联系单位网络管理员'],
    ['The proxy cannot be reached', "Check the system's proxy settings, or ask the network administrator"],
  ),
  'network.proxy_auth': entry(
    0,
    ['代理服务器要求账号和密码', '请联系单位网络管理员，对审核服务的地址免认证放行'],
    ['The proxy demands a name and password', 'Ask the network administrator to let the service pass without them'],
  ),
  'network.proxy_refused': entry(
    0,
    ['代理服务器不允许访问审核服务', '请联系单位网络管理员，放行审核服务的地址和端口'],
    [
      'The proxy does not let the service pass',
      "Ask the network administrator to allow the service's address and port",
    ],
  ),
  'network.proxy_kind': entry(
    0,
    ['系统设置的代理类型不受支持', '请联系单位网络管理员，改用 HTTP 代理或直接连接'],
    [
      'The kind of proxy that is set is not supported',
      'Ask the network administrator for an HTTP proxy or a direct way',
    ],
  ),
  'network.certificate': entry(
    0,
    ['服务器证书无效', '请勿继续；请联系考区管理员核对服务地址和证书'],
    [
      "The service's certificate is not valid",
      "Do not go on; ask the district's administrator to check address and certificate",
    ],
  ),
  'network.certificate_unknown': entry(
    0,
    ['服务器证书由未知机构签发', '请联系考区管理员；若由本单位机构签发，请管理员在本机安装其根证书'],
    [
      "The service's certificate is from an unknown authority",
      "Ask the district's administrator; an authority of your own has to be installed on this computer",
    ],
  ),
  'network.certificate_self_signed': entry(
    0,
    ['服务器证书是自签名的，无法确认身份', '请勿继续；请考区管理员更换证书，或在本机安装该证书'],
    [
      "The service's certificate is signed by itself, so nobody vouches for it",
      "Do not go on; ask the district's administrator to replace it, or to install it on this computer",
    ],
  ),
  'network.certificate_host': entry(
    0,
    ['服务器证书属于另一个地址', '请核对服务地址；地址无误则请勿继续，联系考区管理员'],
    [
      "The service's certificate belongs to another address",
      "Check the address; if it is right, do not go on and tell the district's administrator",
    ],
  ),
  'network.certificate_expired': entry(
    0,
    ['服务器证书不在有效期内', '请先核对本机日期；日期正确则请考区管理员更新证书'],
    [
      "The service's certificate is not valid at this date",
      "Check this computer's date first; if it is right, the district's administrator has to renew the certificate",
    ],
  ),
  'network.intercepted': entry(
    0,
    ['单位的安全设备替换了服务器证书', '请联系单位网络管理员，对审核服务不解密，或在本机安装其根证书'],
    [
      "A filter of this network has replaced the service's certificate",
      'Ask the network administrator to exempt the service, or to install its root certificate on this computer',
    ],
  ),
  'network.insecure': entry(
    0,
    ['服务地址必须以 https:// 开头', '请向考区管理员索取正确的服务地址'],
    ["The service's address must begin with https://", "Ask the district's administrator for the right address"],
  ),
  'network.clock': entry(
    0,
    ['本机时间不正确，无法验证证书', '请校准电脑日期和时间后重试'],
    ["This computer's clock is wrong", 'Set date and time, then try again'],
  ),
  'network.not_service': entry(
    0,
    ['该地址不是审核服务', '请核对服务地址与端口，或联系考区管理员'],
    ['This address is not the review service', "Check address and port, or ask the district's administrator"],
  ),
} as const satisfies Record<string, Entry>;

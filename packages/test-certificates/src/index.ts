export {TestAuthority, type IssueOptions, type IssuedCertificate} from './test-authority.ts';
export {writeTlsFiles, type TlsFiles} from './write-tls-files.ts';

export {EtcdCluster, type EtcdClusterOptions} from './etcd-cluster.ts';
export {EtcdServer} from './etcd-server.ts';

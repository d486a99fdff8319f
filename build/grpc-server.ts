// What our server uses of @grpc/grpc-js, so that the bundle need not have all of it: see build/lean-grpc.ts.
export { Status as status } from '@grpc/grpc-js/build/src/constants.js'
export { Server } from '@grpc/grpc-js/build/src/server.js'
export { ServerCredentials } from '@grpc/grpc-js/build/src/server-credentials.js'

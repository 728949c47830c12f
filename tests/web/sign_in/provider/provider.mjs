// A certified OpenID provider on loopback, for one test: node provider.mjs FOLDER PORT BACK
// FOLDER holds node_modules with oidc-provider; BACK is where people are sent back to.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [folder, port, back] = process.argv.slice(2);
const found = createRequire(`${folder}/package.json`).resolve("oidc-provider");
const { default: Provider } = await import(pathToFileURL(found));

const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [
    {
      client_id: "evenlode",
      client_secret: "a secret of thirty-two characters",
      redirect_uris: [back],
      grant_types: ["authorization_code"],
      response_types: ["code"],
      token_endpoint_auth_method: "client_secret_post",
    },
  ],
  pkce: { required: () => true },
  claims: { openid: ["sub", "tid"] },
  conformIdTokenClaims: false,
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, tid: "tenant-1" }) }),
  cookies: { keys: ["only for a test"] },
});
provider.listen(Number(port), "127.0.0.1", () => console.log("listening"));

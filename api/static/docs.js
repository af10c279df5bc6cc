// The page at /docs: shows the description of the API. Its own file, because pages carry no script inside.
"use strict";
const docs = document.getElementById("docs").dataset;
SwaggerUIBundle({
  url: docs.description,
  dom_id: "#docs",
  deepLinking: true,
  displayRequestDuration: true,
  defaultModelsExpandDepth: 0,
  validatorUrl: null,
  // Tried out by somebody who is signed in: prove that the request comes from this page.
  requestInterceptor: (request) => {
    request.headers["X-CSRF-Token"] = docs.csrf;
    return request;
  },
});

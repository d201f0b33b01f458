import type { Overlay } from "./overlay";

/** moto takes `GET /bucket?requestPayment` for a listing of the bucket. Requests are paid by the owner unless set otherwise. */
export const s3RequestPayment: Overlay = {
  service: "s3",
  actions: ["GetBucketRequestPayment"],
  amend: (_call, response) =>
    response.status !== 200
      ? response
      : {
          status: 200,
          headers: ["content-type", "application/xml"],
          body: Buffer.from(
            '<?xml version="1.0" encoding="UTF-8"?>\n<RequestPaymentConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Payer>BucketOwner</Payer></RequestPaymentConfiguration>',
          ),
        },
};

import threading
import unittest
from http.server import BaseHTTPRequestHandler, HTTPServer
from unittest import mock

from model_monitor.errors import DeliveryError
from model_monitor.push import push

NOT_HTTP = 0


class Push(unittest.TestCase):
    def setUp(self) -> None:
        test = self
        self.asked: list[tuple[str, str, str]] = []
        self.answers: list[int] = []

        class Gateway(BaseHTTPRequestHandler):
            def do_PUT(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                test.asked.append((self.command, self.path, body))
                answer = test.answers.pop(0)
                if answer == NOT_HTTP:
                    self.wfile.write(b"404 is what this line is not\r\n\r\n")
                    self.close_connection = True
                    return
                self.send_response(answer)
                self.end_headers()

            do_POST = do_PUT  # noqa: N815

            def log_message(self, format: str, *arguments: object) -> None:
                pass

        server = HTTPServer(("127.0.0.1", 0), Gateway)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        self.url = f"http://127.0.0.1:{server.server_port}"
        pauses = mock.patch("model_monitor.push._PAUSES_SECONDS", (0, 0))
        pauses.start()
        self.addCleanup(pauses.stop)

    def test_a_whole_run_replaces_and_a_part_of_one_adds(self) -> None:
        self.answers = [200, 202]
        push(self.url + "/", "ranker", "a 1\n", replace=True)
        push(self.url, "ranker", "b 2\n", replace=False)
        path = "/metrics/job/model-monitor/model/ranker"
        self.assertEqual(self.asked, [("PUT", path, "a 1\n"), ("POST", path, "b 2\n")])

    def test_a_gateway_that_is_busy_is_asked_again(self) -> None:
        self.answers = [503, 200]
        push(self.url, "ranker", "a 1\n", replace=True)
        self.assertEqual(len(self.asked), 2)

    def test_a_gateway_that_stays_busy_is_given_up(self) -> None:
        self.answers = [503, 503, 503]
        with self.assertRaisesRegex(DeliveryError, "PUSH_FAILED: .*/model/ranker: 503 Service Unavailable"):
            push(self.url, "ranker", "a 1\n", replace=True)

    def test_what_is_refused_is_not_sent_again(self) -> None:
        self.answers = [400]
        with self.assertRaisesRegex(DeliveryError, "400 Bad Request"):
            push(self.url, "ranker", "a", replace=True)

    def test_what_is_no_answer_is_asked_again(self) -> None:
        self.answers = [NOT_HTTP, 200]
        push(self.url, "ranker", "a 1\n", replace=True)
        self.assertEqual(len(self.asked), 2)

    def test_what_is_never_an_answer_is_given_up(self) -> None:
        self.answers = [NOT_HTTP] * 3
        with self.assertRaisesRegex(DeliveryError, r"PUSH_FAILED: .*: no answer in HTTP \(BadStatusLine\)"):
            push(self.url, "ranker", "a 1\n", replace=True)

    def test_nobody_there(self) -> None:
        with self.assertRaisesRegex(DeliveryError, "PUSH_FAILED: .* refused"):
            push("http://127.0.0.1:1", "ranker", "a 1\n", replace=True)

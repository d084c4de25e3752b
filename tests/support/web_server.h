#pragma once

#include <asio.hpp>
#include <map>
#include <string>
#include <thread>

namespace test_support {

/// A server of files over HTTP on loopback: it answers each path as it is told to, and 404 for others.
class WebServer {
 public:
  struct Answer {
    std::string body;
    std::string status = "200 OK";
    std::string headers = "";  ///< each with its line end
  };
  explicit WebServer(std::map<std::string, Answer> answers) : answers_(std::move(answers)) {
    thread_ = std::thread([this] { serve(); });
  }
  ~WebServer() {
    context_.stop();
    thread_.join();
  }

  std::string url() const { return "http://127.0.0.1:" + std::to_string(acceptor_.local_endpoint().port()); }

 private:
  void serve() {
    accept();
    context_.run();
  }
  void accept() {
    acceptor_.async_accept([this](std::error_code error, asio::ip::tcp::socket socket) {
      if (error) return;
      std::error_code ignored;  // a client that goes away is none of ours
      std::string request;
      asio::read_until(socket, asio::dynamic_buffer(request), "\r\n\r\n", ignored);
      const size_t start = request.find(' ') + 1;
      asio::write(socket, asio::buffer(answer(request.substr(start, request.find(' ', start) - start))), ignored);
      accept();
    });
  }
  std::string answer(const std::string& path) const {
    const auto found = answers_.find(path);
    const Answer answer = found == answers_.end() ? Answer{"", "404 Not Found"} : found->second;
    return "HTTP/1.1 " + answer.status + "\r\n" + answer.headers +
           "Content-Length: " + std::to_string(answer.body.size()) + "\r\nConnection: close\r\n\r\n" + answer.body;
  }

  const std::map<std::string, Answer> answers_;
  asio::io_context context_;
  asio::ip::tcp::acceptor acceptor_{context_, {asio::ip::address_v4::loopback(), 0}};
  std::thread thread_;
};

}  // namespace test_support

// The output follows the input once it was stable for eight cycles.
module debounce(input clk, input rst, input noisy, output reg clean = 0);
  reg [2:0] count = 0;
  always @(posedge clk)
    if (rst) begin count <= 0; clean <= 0; end
    else if (noisy == clean) count <= 0;
    else begin
      count <= count + 1;
      if (count == 7) clean <= noisy;
    end
endmodule

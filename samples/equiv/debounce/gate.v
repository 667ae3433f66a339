// One cycle too early: the count is compared before it is complete.
module debounce(input clk, input rst, input noisy, output reg clean = 0);
  reg [2:0] count = 0;
  always @(posedge clk)
    if (rst) begin count <= 0; clean <= 0; end
    else if (noisy == clean) count <= 0;
    else if (count == 6) begin clean <= noisy; count <= 0; end
    else count <= count + 1;
endmodule

// The same with the registers in another place: the multiplication after the first stage.
module pipeline(input clk, input [3:0] a, b, c, output reg [8:0] result);
  reg [3:0] left, right, addend;
  wire [7:0] product = left * right;
  always @(posedge clk) begin
    left <= a;
    right <= b;
    addend <= c;
    result <= product + addend;
  end
endmodule
